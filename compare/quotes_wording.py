"""Words that introduce speech: closed lists, folded (`engine.analysis.fold`), all languages together."""

from __future__ import annotations

from engine.analysis import fold


def _words(*lists: str) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words.split())


SAYING = _words(
    # English
    """said says saying say told tells telling added adds adding stating wrote writes writing
    stated states declared
    insisted insists warned warns explained noted notes argued announced replied claimed tweeted
    posted asked
    recalled stressed admitted continued concluded commented remarked confirmed vowed urged
    acknowledged recalls explains
    believes warns estimates underlines""",
    # French
    """dit déclaré affirmé annoncé ajouté expliqué estimé indiqué précisé écrit confié lancé répondu assuré
    souligné rappelé prévenu déclare affirme ajoute explique estime indique précise assure souligne rappelle
    insisté insiste poursuit poursuivi martelé résume raconte disant ajoutant rappelle confirmé
    confirme confie lance soupire""",
    # Spanish
    """dijo dice declaró afirmó anunció añadió agregó explicó señaló escribió aseguró advirtió
    indicó sostuvo
    apuntó recordó subrayó reiteró manifestó expresó comentó afirma asegura explica señala añade
    diciendo añadiendo cuenta recuerda sostiene advierte""",
    # German
    """sagte sagt sagten erklärte erklärt betonte schrieb schreibt meinte meint warnte warnt
    ergänzte kündigte
    teilte hieß antwortete fügte erzählt erzählte erklärt betont""",
    # Portuguese
    """disse diz afirmou afirma declarou acrescentou explicou escreveu ressaltou destacou garantiu completou
    contou comentou respondeu avaliou dizendo conta lembra relatou""",
    # Italian
    """detto dichiarato affermato aggiunto spiegato scritto sottolineato ribadito dicendo dice
    afferma spiega aggiunge
    sottolinea""",
    # Arabic, with and without "and"
    """قال قالت وقال وقالت أضاف أضافت وأضاف وأضافت أكد أكدت وأكد وأكدت صرح صرحت وصرح كتب كتبت وكتب
    أوضح أوضحت
    وأوضح أعلن أعلنت وأعلن وتابع وتابعت قائلا""",
    # Russian
    """сказал сказала сказали заявил заявила заявили добавил добавила отметил отметила подчеркнул
    подчеркнула
    сообщил сообщила написал написала пояснил пояснила объяснил говорит говорится считает уточнил
    рассказывает рассказал рассказала""",
)
"""Verbs of saying."""

PARTICIPLES = _words("saying adding telling stating disant ajoutant diciendo añadiendo dizendo dicendo")
"""Verbs of saying whose subject stands at the beginning of the sentence."""

AUXILIARIES = _words(
    "has had have then also later earlier himself herself again",
    "a avait aurait ensuite aussi lui ha había habría también hat hatte habe auch tinha havia também aveva",
)
"""What may stand between a subject and its verb."""

PRONOUNS = _words(
    "he she they it i we",
    "il elle ils elles on",
    "él ella ellos ellas",
    "er sie es",
    "ele ela eles elas",
    "lui lei egli ella loro",
    "он она они",
    "هو هي",
)

ACCORDING = _words("according selon según laut segundo secondo zufolge وفقا بحسب словам")
"""Words that name a speaker without a verb."""

LEADING = _words(
    "of in at from on near by with to",
    "de du des en à aux chez",
    "del en a con",
    "von aus im bei",
    "em no na do da",
    "di dal della in",
    "в на из",
)
"""Words after which a name is not the subject."""

PARTICLES = _words("de da do dos del della di van von der den bin ben ibn al el ag ould la le du des of d")
"""Small words inside a name."""

NO_NAMES = _words(
    """the a an in on at by for from with as but and or however meanwhile still yet then when while
    after before
    today yesterday monday tuesday wednesday thursday friday saturday sunday january february march
    april may
    june july august september october november december also this that these his her its their our my if so
    earlier later speaking asked responding""",
    "le la les un une des dans en au aux mais et ou cependant lundi mardi mercredi jeudi vendredi "
    "samedi dimanche",
    "el los las una en pero y sin embargo lunes martes miércoles jueves viernes sábado domingo según",
    "der die das den dem ein eine im in am auf doch aber und montag dienstag mittwoch donnerstag "
    "freitag samstag",
    "o os as um uma no na nos nas mas e segunda terça quarta quinta sexta sábado domingo",
    "il lo gli uno nel nella ma lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "в на но и по при как что",
)
"""Words that begin a sentence with a capital and name nobody."""

ORGANISATIONS = _words(
    "ministry framework council front army union party movement government group office agency forces",
    "ministère cadre conseil armée parti mouvement gouvernement groupe onu",
    "ministerio consejo ejército partido movimiento gobierno unión",
    "ministerium rat armee partei regierung bündnis",
    "ministério conselho exército governo",
    "ministero consiglio esercito partito governo",
)
"""Words by which the name of a body is told from a person's."""
