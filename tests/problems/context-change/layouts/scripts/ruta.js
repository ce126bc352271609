addEventListener("change", () => {
  location.href = "om/";
});
