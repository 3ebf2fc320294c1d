// The colours of the page as plain values, for canvas and WebGL, which cannot read CSS variables.

const probe = document.createElement("span");
probe.hidden = true;

/** The value that a CSS variable such as `--accent` has now, as `rgb(…)`. */
export function colour(name: string): string {
  if (!probe.isConnected) document.body.append(probe);
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

/** The seven colours of sides, and the eighth for all others. */
export function sides(): string[] {
  return Array.from({ length: 8 }, (_, index) => colour(`--side-${index}`));
}

/** Calls again whenever the theme changes. */
export function onTheme(draw: () => void): void {
  document.addEventListener("contested:theme", draw);
}
