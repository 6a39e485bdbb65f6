/** The clock, and what happens at given times. IEC 62056-6-2, Interface classes for time- and event-bound control. */
import { dynamic, fixed, type InterfaceClass, method } from "../interface-class.js";
import {
  anything,
  array,
  bitString,
  bitsOf,
  boolean,
  classId,
  date,
  dateTime,
  enumOf,
  integer,
  logicalName,
  long,
  longUnsigned,
  octetString,
  scriptReference,
  structure,
  text,
  time,
  unsigned,
} from "../value-rule.js";

export const clock = (): InterfaceClass => ({
  id: 8,
  name: "Clock",
  meaning: "The date and the time, the time zone and daylight saving",
  versions: {
    0: {
      attributes: {
        2: dynamic("time", dateTime),
        3: fixed("time_zone", long, "Minutes from local time to UTC"),
        4: dynamic(
          "status",
          bitsOf("unsigned", {
            0: "invalid value",
            1: "doubtful value",
            2: "different clock base",
            3: "invalid clock status",
            7: "daylight saving active",
          }),
        ),
        5: fixed("daylight_savings_begin", dateTime),
        6: fixed("daylight_savings_end", dateTime),
        7: fixed("daylight_savings_deviation", integer, "Minutes that are added to local time"),
        8: fixed("daylight_savings_enabled", boolean),
        9: fixed(
          "clock_base",
          enumOf({
            0: "not defined",
            1: "internal crystal",
            2: "mains frequency 50 Hz",
            3: "mains frequency 60 Hz",
            4: "GPS",
            5: "radio controlled",
          }),
          "Where the clock takes its timing from",
        ),
      },
      methods: {
        1: method("adjust_to_quarter", integer, "Sets the clock to the nearest quarter of an hour"),
        2: method("adjust_to_measuring_period", integer),
        3: method("adjust_to_minute", integer),
        4: method("adjust_to_preset_time", integer),
        5: method(
          "preset_adjusting_time",
          structure({
            preset_time: dateTime,
            validity_interval_start: dateTime,
            validity_interval_end: dateTime,
          }),
          "Gives the time that adjust_to_preset_time will set",
        ),
        6: method("shift_time", long, "The parameter is in seconds"),
      },
    },
  },
});

const action = structure({
  service_id: enumOf({ 1: "write attribute", 2: "execute specific method" }),
  class_id: classId,
  logical_name: logicalName,
  index: integer,
  parameter: anything,
});

export const scriptTable = (): InterfaceClass => ({
  id: 9,
  name: "Script table",
  meaning: "Lists of actions that other objects, or a client, start by their number",
  versions: {
    0: {
      attributes: {
        2: fixed(
          "scripts",
          array(structure({ script_identifier: longUnsigned, actions: array(action) })),
        ),
      },
      methods: { 1: method("execute", longUnsigned, "The parameter names the script") },
    },
  },
});

const scheduleEntry = structure({
  index: longUnsigned,
  enable: boolean,
  script_logical_name: logicalName,
  script_selector: longUnsigned,
  switch_time: time,
  validity_window: longUnsigned,
  exec_weekdays: bitsOf("bit-string", {
    0: "Monday",
    1: "Tuesday",
    2: "Wednesday",
    3: "Thursday",
    4: "Friday",
    5: "Saturday",
    6: "Sunday",
  }),
  exec_specdays: bitString,
  begin_date: date,
  end_date: date,
});

export const schedule = (): InterfaceClass => ({
  id: 10,
  name: "Schedule",
  meaning: "Starts scripts at times of the day, on days of the week and on special days",
  versions: {
    0: {
      attributes: { 2: fixed("entries", array(scheduleEntry)) },
      methods: {
        1: method(
          "enable/disable",
          structure({
            firstIndexA: longUnsigned,
            lastIndexA: longUnsigned,
            firstIndexB: longUnsigned,
            lastIndexB: longUnsigned,
          }),
          "Disables the entries of the range A, then enables those of the range B",
        ),
        2: method("insert", scheduleEntry),
        3: method("delete", structure({ firstIndex: longUnsigned, lastIndex: longUnsigned })),
      },
    },
  },
});

const specialDay = structure({ index: longUnsigned, specialday_date: date, day_id: unsigned });

export const specialDaysTable = (): InterfaceClass => ({
  id: 11,
  name: "Special days table",
  meaning: "Dates that have a day profile of their own, as holidays do",
  versions: {
    0: {
      attributes: { 2: fixed("entries", array(specialDay)) },
      methods: {
        1: method("insert", specialDay),
        2: method("delete", longUnsigned, "The parameter is the index of the entry"),
      },
    },
  },
});

const seasons = array(
  structure({ season_profile_name: octetString, season_start: dateTime, week_name: octetString }),
);
const weeks = array(
  structure({
    week_profile_name: octetString,
    monday: unsigned,
    tuesday: unsigned,
    wednesday: unsigned,
    thursday: unsigned,
    friday: unsigned,
    saturday: unsigned,
    sunday: unsigned,
  }),
);
const days = array(
  structure({
    day_id: unsigned,
    day_schedule: array(
      structure({
        start_time: time,
        script_logical_name: logicalName,
        script_selector: longUnsigned,
      }),
    ),
  }),
);

export const activityCalendar = (): InterfaceClass => ({
  id: 20,
  name: "Activity calendar",
  meaning: "Starts scripts by season, week and day: one calendar is active, the next one waits",
  versions: {
    0: {
      attributes: {
        2: fixed("calendar_name_active", text),
        3: fixed("season_profile_active", seasons),
        4: fixed("week_profile_table_active", weeks),
        5: fixed("day_profile_table_active", days),
        6: fixed("calendar_name_passive", text),
        7: fixed("season_profile_passive", seasons),
        8: fixed("week_profile_table_passive", weeks),
        9: fixed("day_profile_table_passive", days),
        10: fixed(
          "activate_passive_calendar_time",
          dateTime,
          "When the passive calendar replaces the active one",
        ),
      },
      methods: { 1: method("activate_passive_calendar", integer) },
    },
  },
});

export const singleActionSchedule = (): InterfaceClass => ({
  id: 22,
  name: "Single action schedule",
  meaning: "Starts one script at given times",
  versions: {
    0: {
      attributes: {
        2: fixed("executed_script", scriptReference),
        3: fixed(
          "type",
          enumOf({
            1: "one time; the date may have wildcards",
            2: "several dates at the same time of day; no wildcards in the dates",
            3: "several dates at the same time of day; the dates may have wildcards",
            4: "several dates, each with its time; no wildcards in the dates",
            5: "several dates, each with its time; the dates may have wildcards",
          }),
          "How execution_time is to be read",
        ),
        4: fixed("execution_time", array(structure({ time, date }))),
      },
      methods: {},
    },
  },
});
