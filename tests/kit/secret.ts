/** The key that routers and subgraphs of tests share. */
export const TEST_SECRET = 'a-key-that-only-tests-know-0123456789';
