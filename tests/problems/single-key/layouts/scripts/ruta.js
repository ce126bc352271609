addEventListener("keydown", (event) => {
  if (event.key === "s") history.back();
});
