/** A column of the list of frames: one of its own, or a field that the user has added. */
export interface ColumnSetting {
  /** `number`, `time`, `info` ..., or `field:hdlc.fcs`. */
  readonly id: string;
  /** In pixels; null for the one that takes what is left. */
  readonly width: number | null;
  readonly isShown: boolean;
}

/** Frames that the filter fits get the colour; the first rule that fits counts. */
export interface ColourRule {
  readonly name: string;
  readonly filter: string;
  /** A token of the theme, not a colour: `red`, `amber`, `green`, `blue`, `violet`, `grey`. */
  readonly colour: string;
  readonly isOn: boolean;
}

export interface Profile {
  readonly name: string;
  readonly columns: readonly ColumnSetting[];
  readonly colourRules: readonly ColourRule[];
  /** As on the command line: `tcp.port==7001=hdlc`. */
  readonly decodeAs: readonly string[];
  readonly savedFilters: readonly { readonly name: string; readonly text: string }[];
}

/** What is remembered from one start to the next. No key is in it. */
export interface Settings {
  readonly theme: "system" | "light" | "dark";
  readonly timeFormat: "clock" | "date" | "since-reference" | "delta";
  readonly density: "compact" | "comfortable";
  readonly profile: string;
  readonly profiles: readonly Profile[];
  readonly recentFilters: readonly string[];
  /** Names of files that a shell can open again. */
  readonly recentFiles: readonly { readonly name: string; readonly path: string }[];
  /** Sizes of panes and open docks; the window's to read. */
  readonly layout: Readonly<Record<string, unknown>>;
}
