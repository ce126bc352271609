"""Swedish."""

from hejagen.languages.language import Language

LANGUAGE = Language(
    server_remarks={
        "For IIS. Written by hejagen at every build: do not change it here. Guide: docs/how-to/publicera.md": (
            "För IIS. Skriven av hejagen vid varje bygge: ändra inte här. Guide: docs/how-to/publicera.md"
        ),
        "The path counts from the root of the web site.": "Sökvägen räknas från webbplatsens rot.",
        "For nginx. Written by hejagen at every build. Guide: docs/how-to/publicera.md": (
            "För nginx. Skriven av hejagen vid varje bygge. Guide: docs/how-to/publicera.md"
        ),
        "Goes inside server { ... }: include /etc/nginx/snippets/heja.conf;": (
            "Läggs inuti server { ... }: include /etc/nginx/snippets/heja.conf;"
        ),
        "the folder with the site's files: change it to yours": "mappen med sajtens filer: ändra till er",
        "An add_header of its own further in takes away all of these: then repeat them.": (
            "Ett eget add_header längre in tar bort alla de här: upprepa dem då."
        ),
        "The names hold a checksum of the content.": "Namnen bär innehållets kontrollsumma.",
        "For Apache 2.4. Written by hejagen at every build. Guide: docs/how-to/publicera.md": (
            "För Apache 2.4. Skriven av hejagen vid varje bygge. Guide: docs/how-to/publicera.md"
        ),
        "Needs: a2enmod headers deflate. PLACE is the folder of the site's files: change it, in two places.": (
            "Kräver: a2enmod headers deflate. PLACE är mappen med sajtens filer: ändra till er, på två ställen."
        ),
        "For Apache 2.4. Written by hejagen at every build: do not change it here. Needs AllowOverride FileInfo.": (
            "För Apache 2.4. Skriven av hejagen vid varje bygge: ändra inte här. Kräver AllowOverride FileInfo."
        ),
    },
)
