/** More names than the standard's tags and choices have. */
const keptNames = 512;

/**
 * The same judgement of names, made once for each: APDUs have few names, and every frame asks again.
 */
export function judgedOnce<Verdict extends boolean | number | string | object>(
  judge: (name: string) => Verdict,
): (name: string) => Verdict {
  const verdicts = new Map<string, Verdict>();
  return (name) => {
    const known = verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = judge(name);
    if (verdicts.size >= keptNames) verdicts.clear();
    verdicts.set(name, verdict);
    return verdict;
  };
}
