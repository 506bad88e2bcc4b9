/** A customer of the issue tracker: one organization with what flags may be targeted by. */
export interface Org {
  readonly key: string;
  readonly name: string;
  readonly plan: 'free' | 'team' | 'business';
  readonly region: 'eu' | 'us' | 'apac';
  /** Seats. */
  readonly size: number;
}

const rows = [
  ['acme', 'Acme', 'business', 'us', 240],
  ['amber', 'Amber Labs', 'team', 'us', 32],
  ['arbor', 'Arbor', 'free', 'eu', 4],
  ['basalt', 'Basalt', 'team', 'eu', 58],
  ['berlin', 'Berlin Freight', 'business', 'eu', 410],
  ['birch', 'Birch & Sons', 'free', 'us', 7],
  ['cedar', 'Cedar Health', 'business', 'us', 620],
  ['cobalt', 'Cobalt', 'team', 'apac', 45],
  ['coral', 'Coral Travel', 'team', 'apac', 71],
  ['delta', 'Delta Works', 'business', 'eu', 330],
  ['dune', 'Dune', 'free', 'us', 3],
  ['ember', 'Ember Games', 'team', 'us', 88],
  ['fable', 'Fable Press', 'free', 'eu', 11],
  ['falcon', 'Falcon Air', 'business', 'us', 1_150],
  ['fjord', 'Fjord Energy', 'business', 'eu', 275],
  ['garnet', 'Garnet', 'free', 'apac', 6],
  ['granite', 'Granite Bank', 'business', 'us', 2_300],
  ['harbor', 'Harbor Logistics', 'team', 'apac', 120],
  ['hazel', 'Hazel', 'free', 'eu', 5],
  ['indigo', 'Indigo Retail', 'team', 'us', 64],
  ['iris', 'Iris Optics', 'free', 'apac', 9],
  ['jade', 'Jade Foods', 'team', 'apac', 37],
  ['juniper', 'Juniper Schools', 'team', 'us', 150],
  ['kelp', 'Kelp', 'free', 'us', 2],
  ['lagoon', 'Lagoon Hotels', 'business', 'apac', 540],
  ['larch', 'Larch', 'free', 'eu', 8],
  ['lumen', 'Lumen Media', 'team', 'eu', 92],
  ['maple', 'Maple Insurance', 'business', 'us', 780],
  ['meadow', 'Meadow Farms', 'free', 'us', 14],
  ['nimbus', 'Nimbus Weather', 'team', 'eu', 41],
  ['onyx', 'Onyx Security', 'business', 'us', 205],
  ['opal', 'Opal Studio', 'free', 'apac', 12],
  ['pine', 'Pine Furniture', 'team', 'eu', 66],
  ['quartz', 'Quartz Timing', 'team', 'apac', 29],
  ['raven', 'Raven Books', 'free', 'eu', 10],
  ['river', 'River City', 'business', 'us', 960],
  ['saffron', 'Saffron Kitchens', 'team', 'apac', 53],
  ['slate', 'Slate', 'free', 'us', 1],
  ['tundra', 'Tundra Outdoor', 'team', 'eu', 77],
  ['willow', 'Willow Clinics', 'business', 'eu', 360],
] as const;

/** The 40 customers, by key. */
export const orgs: ReadonlyMap<string, Org> = new Map(
  rows.map(([key, name, plan, region, size]) => [key, { key, name, plan, region, size }]),
);
