/** What every subject is shown with. */
export const FLAGS = 1000;
export const viewport = { width: 1440, height: 900 };
/** The flag that changes while somebody looks. It stands in the first screenful of every subject's list. */
export const WATCHED = 'a-watched';

/**
 * A user interface to be measured.
 *
 * @typedef {object} Subject
 * @property {string} url where its server listens
 * @property {string} list the path of its list of flags
 * @property {string} row a selector of the rows of flags
 * @property {string} watched a selector of what shows that the list is there: the row of the watched flag
 * @property {string} search a selector of the field that searches the list
 * @property {string} isOn an expression: whether the page shows that the watched flag is on in production
 * @property {object} storage cookies and storage of somebody who is signed in and has seen every welcome
 * @property {(on: boolean) => Promise<unknown>} turn another person turns the watched flag on or off in production
 */
