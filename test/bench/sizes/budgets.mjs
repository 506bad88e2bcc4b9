/** The most that may be loaded, in bytes, minified and gzip'd. */
export const budgets = { browserCore: 6_000, adminFirstLoad: 150_000, adminRoute: 40_000 };
