/** What we read of the detail of htmx's events; htmx has more. */
export interface Sent {
  ctx: {
    sourceElement?: Element;
    request: { method: string; headers: Record<string, string> };
    response?: { status: number; raw?: { redirected: boolean; url: string } };
    hx?: { retarget?: string };
    swap?: string;
    text?: string;
  };
}

/** Listens to one of htmx's events, wherever on the page it happens. */
export function onHtmx(name: string, listener: (ctx: Sent["ctx"], event: Event) => void): void {
  document.addEventListener(`htmx:${name}`, (event) => {
    const { ctx } = (event as CustomEvent<Partial<Sent>>).detail;
    if (ctx) listener(ctx, event);
  });
}
