document.title = "Välkommen hit";
