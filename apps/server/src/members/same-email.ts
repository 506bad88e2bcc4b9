/** One spelling for each address, so that nobody is two people. */
export const sameEmail = (email: string): string => email.trim().toLowerCase();

/** Whether two addresses come to one mailbox: many servers deliver `ana+shop@…` to `ana@…`. */
export const sameMailbox = (one: string, other: string): boolean => mailboxOf(one) === mailboxOf(other);

const mailboxOf = (email: string): string => sameEmail(email).replace(/\+[^@]*@/, '@');
