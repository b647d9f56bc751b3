import { expect, test } from "vitest";
import { minuteAt } from "./clock";

const MINUTE = 60_000;
const lesson = { start: 100 * MINUTE, end: 180 * MINUTE };

test("the minute follows the lesson and is none before and after it", () => {
  const minutes = [99, 100, 112.9, 180, 181].map((now) => minuteAt(now * MINUTE, lesson, undefined));

  expect(minutes).toEqual([undefined, 0, 12, 80, undefined]);
});

test("the stopwatch of the phone goes before the schedule, also after it", () => {
  expect([115, 200].map((now) => minuteAt(now * MINUTE, lesson, 112 * MINUTE))).toEqual([3, 88]);
});
