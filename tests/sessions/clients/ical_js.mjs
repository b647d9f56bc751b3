// Reads calendars with ical.js, the parser of Thunderbird, which shares no line with what wrote them.
// Each line of the input is a calendar as a JSON string, each line of the output its occurrences:
// [uid, start, end, summary, status], moments in seconds since 1970.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

function occurrences(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  // By itself an event takes the exceptions of every other for its own, whatever their UID.
  const events = calendar
    .getAllSubcomponents("vevent")
    .map((one) => new ICAL.Event(one, { exceptions: [] }));
  const masters = events.filter((event) => !event.isRecurrenceException());
  const found = [];
  const keep = (event, start, end) => {
    const status = event.component.getFirstPropertyValue("status");
    found.push([event.uid, start.toUnixTime(), end.toUnixTime(), event.summary, status]);
  };
  for (const event of masters) {
    if (!event.isRecurring()) {
      keep(event, event.startDate, event.endDate);
      continue;
    }
    for (const other of events) {
      if (other.isRecurrenceException() && other.uid === event.uid) event.relateException(other);
    }
    const moments = event.iterator();
    for (let moment = moments.next(); moment; moment = moments.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(moment);
      keep(item, startDate, endDate);
    }
  }
  const known = new Set(masters.map((event) => event.uid));
  for (const event of events) {
    if (!known.has(event.uid)) keep(event, event.startDate, event.endDate);
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(occurrences(JSON.parse(line))));
}
