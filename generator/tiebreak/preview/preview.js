// What makes a page of the preview follow the project. The server adds it to every page; no built site has it.
{
  const script = document.currentScript;
  const source = script.getAttribute("src");
  let state = script.dataset.state;
  script.remove(); // so that the page is as it was built

  // --- the page ----------------------------------------------------------------------------------------------------

  const SCRIPTS = "script:not([type='application/ld+json'])";
  const BLIND = `${SCRIPTS}:not([src$="/page.js"]), [data-ready]`; // the theme's own sees all, but for tools in use

  // The page as it is built now, and the state of the preview that it comes from; null while nobody answers.
  async function asBuilt() {
    try {
      const markup = await (await fetch(location.href)).text();
      const page = new DOMParser().parseFromString(markup, "text/html");
      const ours = page.querySelector(`script[src="${source}"]`);
      ours.remove();
      return { page, state: ours.dataset.state };
    } catch {
      return null;
    }
  }

  // Changes the page in place, only where `fresh` differs from `old`: everything else keeps its place, its focus and
  // what a reader opened. A reload is for what cannot be known, and for scripts that would have to see what is new.
  async function update(old, fresh) {
    const steps = [];
    const active = (page) => [...page.querySelectorAll(`${SCRIPTS}, template`)].map((one) => one.outerHTML).join();
    const known =
      active(old) === active(fresh) &&
      attributes(document.documentElement, old.documentElement, fresh.documentElement, steps) &&
      compare(document.head, old.head, fresh.head, steps) &&
      compare(document.body, old.body, fresh.body, steps);
    const unseen = document.querySelector(BLIND) && steps.some((step) => step.inserts);
    if (!known || unseen) return location.reload();
    await Promise.all(steps.map((step) => step()));
  }

  // Adds to `steps` what turns `live`, which was made from `old`, into `fresh`; false if that cannot be known.
  function compare(live, old, fresh, steps) {
    if (old.isEqualNode(fresh)) return true;
    if (!(old instanceof Element)) {
      steps.push(() => void (live.data = fresh.data));
      return true;
    }
    const [was, is, now] = [old, live, fresh].map((element) => [...element.childNodes]);
    // A script or an extension may have added something at the end; more than that, and places mean nothing.
    if (!was.every((node, place) => is[place]?.nodeName === node.nodeName)) return false;
    attributes(live, old, fresh, steps);
    let start = 0;
    let [wasEnd, nowEnd] = [was.length, now.length];
    while (start < Math.min(wasEnd, nowEnd) && was[start].isEqualNode(now[start])) start++;
    while (Math.min(wasEnd, nowEnd) > start && was[wasEnd - 1].isEqualNode(now[nowEnd - 1])) wasEnd--, nowEnd--;
    const [gone, came] = [was.slice(start, wasEnd), now.slice(start, nowEnd)];
    if (gone.length === came.length && gone.every((node, place) => node.nodeName === came[place].nodeName)) {
      return gone.every((node, place) => compare(is[start + place], node, came[place], steps));
    }
    if (live === document.head) return false; // the order of what loads there matters
    const replace = () => {
      is.slice(start, wasEnd).forEach((node) => node.remove());
      came.forEach((node) => live.insertBefore(document.importNode(node, true), is[wasEnd] ?? null));
    };
    steps.push(Object.assign(replace, { inserts: came.some((node) => node instanceof Element) }));
    return true;
  }

  function attributes(live, old, fresh, steps) {
    for (const name of new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()])) {
      const value = fresh.getAttribute(name);
      if (value === old.getAttribute(name)) continue;
      if (name === "href" && live.matches("link[rel~='stylesheet']")) steps.push(() => swap(live, value));
      else steps.push(() => (value === null ? live.removeAttribute(name) : live.setAttribute(name, value)));
    }
    return true;
  }

  // --- what it uses ------------------------------------------------------------------------------------------------

  // Shows a file of the site that changed, if the page uses it.
  async function refresh(path) {
    const here = (url) => Boolean(url) && decodeURI(new URL(url, location).pathname) === `/${path}`;
    const anew = (url) => `${new URL(url, location).pathname}?${state}`;
    const styles = [...document.querySelectorAll("link[rel~='stylesheet']")].filter((link) => here(link.href));
    const images = [...document.images].filter((image) => here(image.src) && !image.srcset);
    if (styles.length) await Promise.all(styles.map((link) => swap(link, anew(link.href))));
    else if (images.length) images.forEach((image) => (image.src = anew(image.src)));
    else if (performance.getEntriesByType("resource").some((used) => here(used.name))) location.reload();
  }

  // The old style stays until the new one and its fonts are there, so nothing is shown bare, or in another font.
  function swap(link, href) {
    return new Promise((done) => {
      const fresh = link.cloneNode();
      fresh.href = href;
      fresh.onload = fresh.onerror = async () => {
        document.body.getBoundingClientRect(); // fonts are asked for when a layout needs them
        await Promise.race([document.fonts.ready, new Promise((late) => setTimeout(late, 500))]);
        done(link.remove());
      };
      link.after(fresh);
    });
  }

  // --- what is wrong -----------------------------------------------------------------------------------------------

  const STYLE = `
    dialog {
      box-sizing: border-box; width: min(60rem, 100vw - 2rem); max-width: none; max-height: calc(100dvh - 2rem);
      padding: 1.25rem; overflow: auto; overscroll-behavior: contain; color-scheme: light dark;
      border: 0; border-top: .375rem solid light-dark(#b3261e, #ff8a80); border-radius: .25rem;
      background: light-dark(#fff, #1c1b1a); color: light-dark(#1c1b1a, #f1efec);
      font: 1rem/1.5 system-ui, sans-serif; text-align: start;
    }
    dialog::backdrop { background: rgb(0 0 0 / .45) }
    h2 { margin: 0; font-size: 1.25rem; outline: 0 }
    div { margin-block: 1rem; border-block-start: 1px solid light-dark(#d6d2cd, #4a4744); padding-block-start: 1rem }
    p, pre { margin: 0; font: .875rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
    p { white-space: pre-wrap }
    pre { overflow-x: auto; tab-size: 8 }
    button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem }
    :focus-visible { outline: 2px solid; outline-offset: 2px }
    h2:focus-visible { outline: 0 }
    @media print { dialog { display: none } }
  `;
  const dialog = dialogOverThePage();
  let told = "[]";

  function dialogOverThePage() {
    const host = document.createElement("tiebreak-problems"); // beside <body>, where no update of the page comes
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    root.append(element("dialog", { role: "alertdialog", "aria-labelledby": "title" }));
    document.documentElement.append(host);
    return root.firstChild;
  }

  // Shows the problems over the page; none, and it is gone. A reader may put them aside until they change.
  function show(problems) {
    if (JSON.stringify(problems) === told) return;
    told = JSON.stringify(problems);
    if (!problems.length) return dialog.close();
    const title = `${problems.length} problem${problems.length === 1 ? "" : "s"} in the content`;
    const heading = element("h2", { id: "title", tabindex: "-1", autofocus: "" }, title);
    const close = element("button", { type: "button" }, "Look at the page");
    close.onclick = () => dialog.close();
    dialog.replaceChildren(heading, ...problems.map(one), close);
    if (!dialog.open) dialog.showModal();
    heading.focus();
  }

  // One problem in the words of the terminal. Only the line of the file and what underlines it must not fold.
  function one(problem) {
    const lines = problem.split("\n");
    const excerpt = lines.filter((line) => /^ *\d* \| /.test(line)).join("\n");
    const [first, ...help] = lines.filter((line) => !/^ *\d* \| /.test(line));
    const parts = [element("p", {}, first), element("pre", { tabindex: "0" }, excerpt), element("p", {}, help.join("\n"))];
    const block = element("div");
    block.append(...parts.filter((part) => part.textContent));
    return block;
  }

  function element(name, attributes = {}, text = "") {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.textContent = text;
    return made;
  }

  // --- the line to the server --------------------------------------------------------------------------------------

  let shown = asBuilt();
  let queue = shown.then((first) => {
    if (first && first.state !== state) location.reload(); // built anew while it was on its way
  });

  async function follow(news) {
    if (news.page) {
      const [old, fresh] = [await shown, await asBuilt()];
      if (!fresh) return; // the line breaks too, and once it is back, this is told again
      if (!old) return location.reload();
      await update(old.page, fresh.page);
      shown = fresh;
    }
    state = news.state;
    await Promise.all(news.files.map(refresh));
    show(news.problems);
  }

  function connect() {
    const address = new URL("live", new URL(source, location));
    address.protocol = location.protocol.replace("http", "ws");
    const line = new WebSocket(address);
    line.onopen = () => line.send(JSON.stringify({ command: "info", url: location.href, state }));
    line.onmessage = ({ data }) => (queue = queue.then(() => follow(JSON.parse(data))));
    line.onclose = () => setTimeout(connect, 1000);
  }

  show(JSON.parse(script.dataset.problems));
  connect();
}
