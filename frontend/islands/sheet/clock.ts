/**
 * The minute of the lesson: by this phone's stopwatch where it was started, else by the lesson clock as it was known last.
 */
const ASK_EVERY_MS = 20_000;

export interface Moments {
  start: number;
  end: number;
}

/** Undefined before and after the lesson. A stopwatch goes on for ten hours. */
export function minuteAt(now: number, moments: Moments, countsFrom: number | undefined): number | undefined {
  const from = countsFrom ?? moments.start;
  const until = countsFrom === undefined ? moments.end : countsFrom + 600 * 60_000;
  return now >= from && now <= until ? Math.floor((now - from) / 60_000) : undefined;
}

export function momentsOf(element: HTMLElement): Moments {
  return { start: Date.parse(element.getAttribute("start") ?? ""), end: Date.parse(element.getAttribute("end") ?? "") };
}

/** Follow the lesson clock, which the board may start or correct while the sheet is open. Gives what ends it. */
export function follow(element: HTMLElement, heard: () => void): () => void {
  const timer = setInterval(() => void ask(element, heard), ASK_EVERY_MS);
  return () => clearInterval(timer);
}

async function ask(element: HTMLElement, heard: () => void): Promise<void> {
  const address = element.getAttribute("clock");
  if (!address || document.hidden || !navigator.onLine) return;
  try {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store" });
    if (!answer.ok) return;
    const moments = (await answer.json()) as Record<string, string>;
    for (const name of ["start", "end"]) if (moments[name]) element.setAttribute(name, moments[name]);
    heard();
  } catch {
    // Without signal it goes on by what was known last.
  }
}
