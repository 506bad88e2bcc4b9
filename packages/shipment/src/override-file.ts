export { type Parsed, parseOverrides } from './file/parse.ts';
export { type Problem, problemText } from './file/problem.ts';
export { type Look, lookAt } from './file/read.ts';
export { type Flags, type Occasion, review } from './file/review.ts';
