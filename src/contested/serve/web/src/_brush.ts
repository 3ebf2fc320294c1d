// A drag over the columns of a timeline chooses the time from the first to the last of them.
import { go } from "./_swap";

const FAR = 5;

function columns(svg: SVGSVGElement): SVGAElement[] {
  return [...svg.querySelectorAll<SVGAElement>("a[data-period]")];
}

function under(all: SVGAElement[], x: number): number {
  const index = all.findIndex((one) => x < one.getBoundingClientRect().right);
  return index === -1 ? all.length - 1 : index;
}

function ready(svg: SVGSVGElement): void {
  const all = columns(svg);
  if (all.length < 2) return;
  svg.closest("figure")?.classList.add("ready");
  for (const link of all) link.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointerdown", (down) => {
    if (down.button !== 0) return;
    const first = under(all, down.clientX);
    let last = first;
    let far = false;
    const move = (event: PointerEvent): void => {
      far ||= Math.abs(event.clientX - down.clientX) > FAR;
      if (!far) return;
      last = under(all, event.clientX);
      const [from, to] = [Math.min(first, last), Math.max(first, last)];
      all.forEach((one, index) => one.classList.toggle("picked", index >= from && index <= to));
    };
    const up = (): void => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      if (!far) return;
      svg.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
      const address = new URL(location.href);
      address.searchParams.set("since", all[Math.min(first, last)]?.dataset["period"] ?? "");
      address.searchParams.set("until", all[Math.max(first, last)]?.dataset["period"] ?? "");
      address.searchParams.delete("page");
      void go(address.href);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
  });
}

/** Make every timeline of the page, and those that come in later, a brush. */
export function brushes(): void {
  const all = (): void => {
    for (const svg of document.querySelectorAll<SVGSVGElement>("svg[data-brush]")) ready(svg);
    for (const hint of document.querySelectorAll<HTMLElement>(".brush-hint")) hint.hidden = false;
  };
  all();
  document.addEventListener("contested:swapped", all);
}
