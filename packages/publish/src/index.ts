export { type Audience, type Edit, type FlagEdit, type SegmentEdit, serverAudience, type Sight } from './audience.ts';
export { clientAudience } from './client-audience.ts';
export { type Coded, coded, type Coding } from './coded.ts';
export { CONGESTED_BYTES } from './connection.ts';
export { createDoor, type Door, type DoorLimits, doorLimits } from './door.ts';
export { encodeEvent, preamble } from './event-stream.ts';
export { Feed, type FeedOptions, milestoneAt, MILESTONE_REVISIONS } from './feed.ts';
export { type Goodbye, goodbyesOver, keyRevoked } from './goodbye.ts';
export { Hub, HEARTBEAT_MS, type HubOptions, type Joining } from './hub.ts';
