/** The services with short names in one line each: READ, WRITE, INFORMATION REPORT. */
import { summarizeBlock, summarizeContents } from "./data-block-summary.js";
import { summarizeData, summarizeList } from "./data-summary.js";
import type { InformationReportRequest } from "./information-report.js";
import type { ReadRequest, ReadResponse, ReadResult } from "./read.js";
import type { VariableAccess } from "./variable-access.js";
import type { WriteRequest, WriteResponse, WriteResult } from "./write.js";

type ShortNameApdu =
  | ReadRequest
  | ReadResponse
  | WriteRequest
  | WriteResponse
  | InformationReportRequest;

/** `READ 0x2d50`, `READ response octet-string 0-0:19.0.0*255`, and the like. */
export function summarizeShortName(apdu: ShortNameApdu): string {
  switch (apdu.name) {
    case "read-request":
      return `READ ${summarizeVariables(apdu)}`;
    case "read-response":
      return `READ response ${summarizeList(apdu.result, summarizeReadResult)}`;
    case "write-request":
      return `WRITE ${summarizeVariables(apdu)} to ${summarizeValues(apdu)}`;
    case "unconfirmed-write-request":
      return `WRITE unconfirmed ${summarizeVariables(apdu)} to ${summarizeValues(apdu)}`;
    case "write-response":
      return `WRITE response ${summarizeList(apdu.result, summarizeWriteResult)}`;
    case "information-report-request":
      return `INFORMATION REPORT ${summarizeVariables(apdu)}: ${summarizeValues(apdu)}`;
  }
}

function summarizeVariables(apdu: Exclude<ShortNameApdu, ReadResponse | WriteResponse>): string {
  return summarizeList(apdu["variable-access-specification"], summarizeVariable);
}

function summarizeValues(apdu: WriteRequest | InformationReportRequest): string {
  return summarizeList(apdu["list-of-data"], summarizeData);
}

function summarizeVariable(access: VariableAccess): string {
  if ("variable-name" in access) return formatShortName(access["variable-name"]);
  if ("parameterized-access" in access) {
    const { "variable-name": name, selector } = access["parameterized-access"];
    return `${formatShortName(name)} selector ${selector}`;
  }
  if ("block-number-access" in access) {
    return `next block after ${access["block-number-access"]["block-number"]}`;
  }
  if ("read-data-block-access" in access) {
    return summarizeBlock(access["read-data-block-access"]);
  }
  const block = access["write-data-block-access"];
  return `with block ${block["block-number"]}${block["last-block"] ? " (last)" : ""}`;
}

function summarizeReadResult(result: ReadResult): string {
  if ("data" in result) return summarizeData(result.data);
  if ("data-access-error" in result) return result["data-access-error"];
  if ("block-number" in result) return `block ${result["block-number"]} received`;
  const block = result["data-block-result"];
  return summarizeContents(block.contents) ?? summarizeBlock(block);
}

function summarizeWriteResult(result: WriteResult): string {
  if ("success" in result) return "success";
  if ("data-access-error" in result) return result["data-access-error"];
  return `block ${result["block-number"]} received`;
}

function formatShortName(name: number): string {
  return `0x${name.toString(16).padStart(4, "0")}`;
}
