/** Filters that a row suggests: frames like it. */
import type { Row } from "../../analyzer/protocol/index.js";

export interface SuggestedFilter {
  readonly label: string;
  readonly text: string;
}

/** From the narrow to the wide; only what the row can tell. */
export function suggestedFilters(row: Row): readonly SuggestedFilter[] {
  const filters: SuggestedFilter[] = [];
  const { conversation, client, server, direction, ciphering } = row;
  const add = (label: string, text: string) => filters.push({ label, text });
  if (conversation !== null) add(`Conversation ${conversation}`, `conversation == ${conversation}`);
  const type = typeFilter(row);
  if (type !== null) add(`Type ${row.type}`, type);
  if (client !== null) add(`Client ${client}`, `client == ${client}`);
  if (server !== null) add(`Server ${server}`, serverFilter(server));
  if (direction !== null) add(directionLabel[direction], `direction == "${direction}"`);
  if (ciphering !== null) add(`Ciphering ${ciphering}`, `ciphering.status == "${ciphering}"`);
  return filters;
}

const directionLabel = {
  "client-to-server": "Direction client to server",
  "server-to-client": "Direction server to client",
} as const;

/** APDUs by their names, HDLC frames by their kinds; null where the row has neither. */
function typeFilter({ type, layers }: Row): string | null {
  const innermost = layers.at(-1);
  if (innermost === type) return linkLayers.has(type) ? type : `xdlms.service == "${type}"`;
  return innermost === "hdlc" || innermost === "llc" ? `hdlc.control.type == "${type}"` : null;
}

const linkLayers = new Set(["tcp", "udp", "hdlc", "wrapper", "llc"]);

/** `1/17`: upper and lower address. */
function serverFilter(server: string): string {
  const [upper, lower] = server.split("/");
  return lower === undefined
    ? `server == ${upper}`
    : `server == ${upper} && server.lower == ${lower}`;
}
