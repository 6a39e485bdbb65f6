/** What a tap is asked for, by the command line and by the capture dialog: plain data. */

export type LinePreset = "hdlc" | "optical" | "han" | "mbus" | "p1";

/** Data bits, parity and stop bits as people write them: `8N1`, `7E1`. */
export interface LineSettings {
  /** 300 to 921600. */
  readonly baud: number;
  readonly dataBits: 5 | 6 | 7 | 8;
  readonly parity: "none" | "even" | "odd" | "mark" | "space";
  readonly stopBits: 1 | 1.5 | 2;
}

export interface SerialTapSettings {
  readonly kind: "serial";
  readonly port: string;
  /** A second port, on which the meter's answers come; the first has what the client sends. */
  readonly answersPort?: string;
  /** Missing: what the preset says, or 9600 8N1. */
  readonly line?: LineSettings;
  readonly preset?: LinePreset;
  /** Finds the settings out by trying the usual ones. */
  readonly isAutomatic?: boolean;
}

/** Connects as a client, to a serial device server for one. */
export interface TcpTapSettings {
  readonly kind: "tcp";
  readonly host: string;
  readonly port: number;
}

/** Takes connections: meters that push. */
export interface ListenTapSettings {
  readonly kind: "listen";
  readonly host: string;
  readonly port: number;
}

/** Takes datagrams. */
export interface UdpTapSettings {
  readonly kind: "udp";
  readonly host: string;
  readonly port: number;
}

/** Stands between a client and a meter and passes on what each sends, byte for byte. */
export interface RelayTapSettings {
  readonly kind: "relay";
  readonly host: string;
  readonly port: number;
  readonly targetHost: string;
  readonly targetPort: number;
}

export type TapSettings =
  | SerialTapSettings
  | TcpTapSettings
  | ListenTapSettings
  | UdpTapSettings
  | RelayTapSettings;

/** `--ring`: a new file when one is full or old; no more than so many are kept. */
export interface RingSettings {
  readonly files?: number;
  /** In bytes. */
  readonly size?: number;
  /** In seconds. */
  readonly duration?: number;
}
