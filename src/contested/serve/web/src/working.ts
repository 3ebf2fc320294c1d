// Tells how far work is that the server does, and shows the answer once it is there.
interface Far {
  state: string;
  seconds: number;
  expected: number | null;
  part: number | null;
  steps: string[];
}

const PAUSE = 700;

async function look(section: HTMLElement, address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) {
    location.reload();
    return;
  }
  const far = (await answer.json()) as Far;
  if (far.state !== "working") {
    location.reload();
    return;
  }
  const bar = section.querySelector("progress");
  if (bar !== null && far.part !== null) bar.value = far.part;
  const words = section.querySelector("[data-far]");
  const about = far.expected === null ? "so far; how long it takes is not known yet" : `of about ${Math.max(1, Math.round(far.expected))} s, as it took before`;
  if (words !== null) words.textContent = `${Math.round(far.seconds)} s ${about}`;
  const steps = section.querySelector(".steps");
  steps?.replaceChildren(
    ...far.steps.map((step, index) => {
      const item = document.createElement("li");
      item.textContent = step;
      if (index === far.steps.length - 1) item.setAttribute("aria-current", "step");
      return item;
    }),
  );
  setTimeout(() => void look(section, address), PAUSE);
}

for (const section of document.querySelectorAll<HTMLElement>("[data-working]")) {
  const address = section.dataset["working"];
  if (address !== undefined) void look(section, address);
}
