document.addEventListener("dblclick", () => {
  document.body.hidden = true;
});
