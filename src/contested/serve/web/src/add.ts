// Adding: files that are dropped on the page, and a job that tells how far it is.

const drop = document.querySelector<HTMLFormElement>("form.drop");
const input = drop?.querySelector<HTMLInputElement>("input[type=file]");
if (drop && input) {
  const over = (event: DragEvent, on: boolean): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.toggleAttribute("data-over", on);
  };
  addEventListener("dragover", (event) => over(event, true));
  addEventListener("dragleave", (event) => over(event, false));
  addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    drop.requestSubmit();
  });
}

interface Now {
  state: string;
  done: number;
  total: number;
  at: string;
}

const OVER = ["done", "stopped", "failed"];
const EVERY = 500;

async function watch(place: HTMLElement): Promise<void> {
  const answer = await fetch(`/api/jobs/${place.dataset["job"] ?? ""}`);
  if (!answer.ok) return;
  const now = (await answer.json()) as Now;
  if (OVER.includes(now.state)) {
    location.reload();
    return;
  }
  const bar = place.querySelector("progress");
  const told = place.querySelector("[data-told]");
  if (bar && now.total > 0) {
    bar.max = now.total;
    bar.value = now.done;
  }
  const words = now.total > 0 ? `${now.done} of ${now.total}, ${now.at}` : now.state === "waiting" ? "waiting for its turn" : "reading";
  if (told && told.textContent !== words) told.textContent = words;
  setTimeout(() => void watch(place), EVERY);
}

const place = document.querySelector<HTMLElement>("[data-job]");
if (place) void watch(place);
