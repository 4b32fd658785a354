import { describe, expect, it } from "vitest";
import { parseCalendarDate } from "../../../src/policy/schema/calendar-date.js";

describe("a calendar date", () => {
  it.each(["2027-03-31", "2028-02-29", "2000-02-29", "2027-12-01"])("%s is one", (text) => {
    expect(parseCalendarDate(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ["2027-02-29", '"2027-02-29": February 2027 has the days 01 to 28'],
    ["2100-02-29", '"2100-02-29": February 2100 has the days 01 to 28'],
    ["2028-02-30", '"2028-02-30": February 2028 has the days 01 to 29'],
    ["2027-04-31", '"2027-04-31": April 2027 has the days 01 to 30'],
    ["2027-01-00", '"2027-01-00": January 2027 has the days 01 to 31'],
    ["2027-00-10", '"2027-00-10": a year has the months 01 to 12'],
    ["2027-3-1", '"2027-3-1" is not a date of the form YYYY-MM-DD; did you mean 2027-03-01?'],
    ["2027.03.31", '"2027.03.31" is not a date of the form YYYY-MM-DD; did you mean 2027-03-31?'],
    ["2027-03-31T00:00:00Z", '"2027-03-31T00:00:00Z" is not a date of the form YYYY-MM-DD; did you mean 2027-03-31?'],
    ["2027/02/30", '"2027/02/30" is not a date of the form YYYY-MM-DD'],
    ["03/04/2027", '"03/04/2027" is not a date of the form YYYY-MM-DD'],
    ["next week", '"next week" is not a date of the form YYYY-MM-DD'],
  ])("%s is none", (text, fault) => {
    expect(parseCalendarDate(text)).toEqual({ ok: false, fault });
  });
});
