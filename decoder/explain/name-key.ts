/**
 * The form in which names are compared: `Profile generic`, `profile-generic` and `profile_generic` are
 * the same, and so are `m³` and `m3`.
 */
export function nameKey(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();
}
