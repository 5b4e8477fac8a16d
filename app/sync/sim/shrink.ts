/** The fewest steps with which a storm still fails, sought by halves: a shorter storm ends in its calm sooner. */
export async function smallestFailing(failing: number, fails: (steps: number) => Promise<boolean>): Promise<number> {
  let [low, high] = [0, failing];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (await fails(middle)) high = middle;
    else low = middle;
  }
  return high;
}
