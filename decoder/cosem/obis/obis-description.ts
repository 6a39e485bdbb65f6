/** What the files of the media tell about a code, before it becomes a name or an explanation. */

export interface ObisDescription {
  readonly name: string;
  /** False where the groups do not tell what the object is. */
  readonly isSpecific: boolean;
  readonly classId?: number | undefined;
  readonly unit?: number | undefined;
  readonly isTotal?: boolean | undefined;
  /** Meanings of the groups; those left out are reserved. */
  readonly c?: string | undefined;
  readonly d?: string | undefined;
  readonly e?: string | undefined;
  readonly f?: string | undefined;
}

/** The groups that the files of the media work with; A and B are settled before. */
export interface ObisGroups {
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}
