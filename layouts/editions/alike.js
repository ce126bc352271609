/* What is hidden and many pages or parts have alike stands once, in a script. Before all other scripts it is put where it
   belongs: src/hejagen/editions/alike.py. */
{
  const shapes = (window.heja?.alike ?? []).map((html) => {
    const shape = document.createElement("template");
    shape.innerHTML = html;
    return shape.content;
  });
  const name = (root, ids) => {
    for (const element of root.querySelectorAll("*")) {
      for (const attribute of element.attributes)
        if (attribute.value.includes("~-")) attribute.value = attribute.value.replaceAll("~-", ids);
      if (element.content) name(element.content, ids);
    }
  };
  for (const place of document.querySelectorAll("template[data-as]")) {
    const copy = document.importNode(shapes[place.dataset.as], true);
    name(copy, place.closest("[data-ids]")?.dataset.ids ?? "");
    place.replaceWith(copy);
  }
}
