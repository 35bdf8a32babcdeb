// Reads a calendar file as another program would and says in JSON what it understood.
import { readFileSync } from "node:fs";
const ICAL = (await import(process.argv[3])).default;

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(component => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid, sequence: event.sequence, title: event.summary, place: event.location,
    status: component.getFirstPropertyValue("status"),
    starts: event.startDate.toJSDate().toISOString(), ends: event.endDate.toJSDate().toISOString(),
    zone: event.startDate.zone.tzid,
  };
})));
