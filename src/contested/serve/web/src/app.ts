// What every page has: the theme, the keys, and forms that are not sent twice.
import { listen } from "./_keys";

function theme(): void {
  const button = document.querySelector<HTMLButtonElement>("button[data-theme-toggle]");
  if (button === null) return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const now = (): string => document.documentElement.dataset["theme"] ?? (dark.matches ? "dark" : "light");
  const label = (): void => {
    button.textContent = now() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Use ${now() === "dark" ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = now() === "dark" ? "light" : "dark";
    document.documentElement.dataset["theme"] = next;
    localStorage.setItem("contested-theme", next);
    label();
    document.dispatchEvent(new CustomEvent("contested:theme"));
  });
  dark.addEventListener("change", () => {
    label();
    document.dispatchEvent(new CustomEvent("contested:theme"));
  });
  label();
}

/** A select with `data-submit` sends its form at once. */
function selects(): void {
  for (const one of document.querySelectorAll<HTMLSelectElement>("select[data-submit]")) {
    one.addEventListener("change", () => one.form?.requestSubmit());
  }
}

/** An empty field does not stand in the address. */
function forms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[method="get"]')) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData.entries()]) {
        if (value === "") event.formData.delete(name);
      }
    });
  }
  for (const form of document.querySelectorAll<HTMLFormElement>('form[method="post"]')) {
    form.addEventListener("submit", (event) => {
      if (form.dataset["sent"] === "yes") event.preventDefault();
      form.dataset["sent"] = "yes";
    });
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
  });
}

/** On a narrow screen the filters stand behind one button; the entry of this page is in sight. */
function narrow(): void {
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-fold]") : null;
    if (button === null) return;
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(open));
    button.closest("form")?.toggleAttribute("data-open", open);
  });
  const here = document.querySelector<HTMLElement>("header nav [aria-current]");
  const menu = here?.parentElement;
  if (here && menu) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

narrow();
theme();
selects();
forms();
listen();
