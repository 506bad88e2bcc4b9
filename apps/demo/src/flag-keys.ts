/** The flags that the tracker asks for. */
export const newIssueStream = 'new-issue-stream';
export const letterAvatars = 'letter-avatars';
export const issuesPerPage = 'issues-per-page';
