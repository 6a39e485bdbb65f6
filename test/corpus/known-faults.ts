/**
 * Items of the corpus that are damaged, cut or wrong as published, and what is therefore found in
 * them. Every other item decodes without a complaint.
 */
export const knownFaults: Readonly<Record<string, { codes: readonly string[]; why: string }>> = {};
