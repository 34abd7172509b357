/* the server: JSON in and out, problems as errors, and events line by line as they come */
export class Problem extends Error {
  constructor(status, told) {
    const more = (told.errors || []).map((e) => e.message).join("; ");
    super([told.detail || told.title || `The server answered ${status}.`, more].filter(Boolean).join(" "));
    this.status = status;
    this.told = told;
  }
}

async function asked(path, options = {}) {
  let answer;
  try { answer = await fetch(path, options); } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(0, { detail: "The server does not answer. Is it still running?" });
  }
  if (answer.ok || answer.status === 304) return answer;
  let told = {};
  try { told = await answer.json(); } catch { /* a proxy's own page */ }
  throw new Problem(answer.status, told);
}

const as_json = (method, body) => ({ method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const get = async (path) => (await asked(path)).json();
export const post = async (path, body) => (await asked(path, as_json("POST", body))).json();

/* the view of a record, or null when it is still the one with this tag */
export async function view(id, tag) {
  const answer = await asked(`/v1/records/${encodeURIComponent(id)}/view`, tag ? { headers: { "If-None-Match": tag } } : {});
  return answer.status === 304 ? null : { doc: await answer.json(), tag: answer.headers.get("ETag") };
}

export async function* events(path, body, signal) {
  const options = body instanceof FormData ? { method: "POST", body, headers: {} } : as_json("POST", body);
  options.headers.Accept = "application/x-ndjson";
  const answer = await asked(path, { ...options, signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value || "")).split("\n");
    rest = done ? "" : lines.pop();
    for (const line of lines) if (line) yield JSON.parse(line);
    if (done) return;
  }
}
