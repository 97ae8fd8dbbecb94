/** Holds back who waits at it until the test opens it. */
export interface Gate {
  readonly open: () => void;
  /** Resolves when it is open. */
  readonly passed: Promise<void>;
}

export const createGate = (): Gate => {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
};
