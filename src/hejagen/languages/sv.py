"""Swedish, the language of the base layer."""

from hejagen.languages.language import Compounds, Language, NewLayer, PlainLanguage

LANGUAGE = Language(
    og_locale="sv_SE",
    letters="åäöéèü",
    addresses={"å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u", "ø": "o", "æ": "a"},
    collation={"å": "{", "ä": "|", "ö": "}", "é": "e", "–": "-"},
    quotes="””’’",
    nameless="avsnitt",
    zip_name="{id}-utan-nat.zip",
    one_page_name="{id}-i-en-fil.html",
    read_me="LAS-MIG.txt",
    conformance={"full": "helt förenlig", "partial": "delvis förenlig", "none": "inte förenlig"},
    if_then=("om", "så"),
    adaptations=("På distans", "Hybrid", "Tillgänglighet", "Kort om tid"),
    vague_links=frozenset({"här", "klicka här", "läs mer", "mer", "länk", "den här länken"}),
    compounds=Compounds(
        endings=(
            "ernas",
            "ornas",
            "arnas",
            "erna",
            "orna",
            "arna",
            "ens",
            "ets",
            "er",
            "or",
            "ar",
            "en",
            "et",
            "n",
            "t",
            "s",
        ),
        joints="soeu",
        lost="ae",
        common=(
            "arbete",
            "beslut",
            "chef",
            "frågor",
            "grupp",
            "idé",
            "kommun",
            "ledning",
            "lärande",
            "möte",
            "plan",
            "samtal",
            "styrning",
            "tid",
            "utveckling",
            "verksamhet",
            "övning",
            "process",
            "program",
            "rapport",
            "redogörelse",
            "stöd",
            "tjänst",
        ),
    ),
    plain=PlainLanguage(
        lix_exercise=32,
        lix_text=36,
        sentence=20,
        avoid={
            "man": "skriv du, ni eller vem som gör det",
            "implementera": "skriv inför eller börja använda",
            "facilitera": "skriv led samtalet",
            "adressera": "skriv ta itu med",
            "säkerställa": "skriv se till att",
            "säkerställ": "skriv se till att",
            "möjliggöra": "skriv gör det lättare att",
            "lyfta": "skriv ta upp eller säg",
            "landa": "skriv komma fram till",
            "verka för": "skriv vem som gör vad",
            "jobba med": "skriv vad ni gör",
            "ta höjd för": "skriv räkna med",
        },
    ),
    starter_asks=r"\b[Ss]kriv\b.*\.$",
    new_layer=NewLayer(
        questions={
            "organisation": "Organisationens namn",
            "actor": "Ansvarig aktör",
            "email": "E-post för frågor",
            "phone": "Telefon (får vara tomt)",
            "colour": "En färg, till exempel #5a1846",
            "logo": "Logotyp, en fil (får vara tomt)",
        },
        unfit='"{answer}" går inte att använda. {form}',
        forms={
            "email": "Skriv en adress, till exempel namn@example.org.",
            "colour": "Skriv # och sex av tecknen 0-9 och a-f, till exempel #5a1846.",
            "logo": "Skriv vägen till en SVG eller PNG, på högst {megabytes} MB.",
        },
        tagline="Övningar för dig som leder i {organisation}.",
    ),
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
