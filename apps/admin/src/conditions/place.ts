import { createContext, useContext } from 'react';
import type { Scope } from '../api/scope.ts';

/** Where conditions are edited: their suggestions come from what is known there. */
export interface Place {
  readonly scope: Scope;
  readonly environment: string;
  readonly disabled: boolean;
}

export const PlaceContext = createContext<Place | undefined>(undefined);

export function usePlaceOfEdit(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('Conditions are edited inside a PlaceContext');
  return place;
}
