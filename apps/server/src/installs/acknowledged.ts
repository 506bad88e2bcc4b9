/** What a site says is in force there. What release it is of stands in the shipment that has this digest, if this server issued one. */
export interface Claim {
  readonly revision: number;
  /** Of the payload. */
  readonly digest: string;
}

/** A claim, when it came to be true there, and when it was heard of here. */
export interface Acknowledged extends Claim {
  readonly appliedMs: number;
  readonly acknowledgedMs: number;
}
