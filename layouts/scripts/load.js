/* What few readers open is loaded when the address names it: first its style, then its script. */
(() => {
  const load = () => {
    const place = document.querySelector(`[data-load][data-view="${CSS.escape(location.hash.slice(1))}"]`);
    if (!place) return;
    const [style, script] = place.dataset.load.split(" ");
    place.removeAttribute("data-load");
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    sheet.onload = sheet.onerror = () => document.head.append(Object.assign(document.createElement("script"), { src: script }));
    document.head.append(sheet);
  };
  window.addEventListener("hashchange", load);
  load();
})();
