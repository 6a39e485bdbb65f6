/** The numbers 0 to `length` - 1 in an order that the seed decides (Fisher and Yates). */
export function shuffledRows(length: number, seed: number): number[] {
  const rows = Array.from({ length }, (_, row) => row);
  let state = seed >>> 0;
  for (let i = length - 1; i > 0; i--) {
    // Numerical Recipes' linear congruential generator: any order will do.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [rows[i], rows[j]] = [rows[j] ?? 0, rows[i] ?? 0];
  }
  return rows;
}
