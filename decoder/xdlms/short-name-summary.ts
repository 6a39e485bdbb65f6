/** The services with short names in one line each: READ, WRITE, INFORMATION REPORT. */
import { summarizeBlock, summarizeContents } from "./data-block-summary.js";
import { summarizeData, summarizeList } from "./data-summary.js";
import type { InformationReportRequest } from "./information-report.js";
import type { ReadRequest, ReadResponse, ReadResult } from "./read.js";
import { describeVariableName, type VariableAccess, type VariableName } from "./variable-access.js";
import type { WriteRequest, WriteResponse, WriteResult } from "./write.js";

type ShortNameApdu =
  | ReadRequest
  | ReadResponse
  | WriteRequest
  | WriteResponse
  | InformationReportRequest;

/**
 * `READ 0x2d50 (1-0:1.8.0*255 class 3 attribute 2)`, `READ response octet-string 0-0:19.0.0*255`,
 * and the like. `subject` is what an answer is about.
 */
export function summarizeShortName(apdu: ShortNameApdu, subject?: string): string {
  const about = subject === undefined ? "" : ` ${subject}:`;
  switch (apdu.name) {
    case "read-request":
      return `READ ${summarizeVariables(apdu)}`;
    case "read-response":
      return `READ response${about} ${summarizeList(apdu.result, summarizeReadResult)}`;
    case "write-request":
      return `WRITE ${summarizeVariables(apdu)} to ${summarizeValues(apdu)}`;
    case "unconfirmed-write-request":
      return `WRITE unconfirmed ${summarizeVariables(apdu)} to ${summarizeValues(apdu)}`;
    case "write-response":
      return `WRITE response${about} ${summarizeList(apdu.result, summarizeWriteResult)}`;
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
  if ("variable-name" in access) return summarizeName(access);
  if ("parameterized-access" in access) {
    const parameterized = access["parameterized-access"];
    return `${summarizeName(parameterized)} selector ${parameterized.selector}`;
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

function summarizeName(variable: VariableName): string {
  const name = `0x${variable["variable-name"].toString(16).padStart(4, "0")}`;
  const object = describeVariableName(variable);
  return object === undefined ? name : `${name} (${object})`;
}
