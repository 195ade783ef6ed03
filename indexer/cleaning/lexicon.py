"""Closed word lists the guard and the repairs decide by: case-folded, several languages together."""

from __future__ import annotations


def _words(**languages: str) -> frozenset[str]:
    return frozenset(" ".join(languages.values()).split())


# Reporting verbs, past auxiliaries and third persons: what is told, not what a site tells its reader.
NARRATIVE = _words(
    en="""
    said says told tells noted wrote writes argued argues warned warns joked laughed added announced reported
    accused admitted alleged asked believes believed called claimed complained confirmed criticised criticized
    decided declined denied described explained fined found insisted introduced launched ordered promised
    ruled shouted showed shows sued suggested urged voted according was were had has been did fell rose
    dropped doubled became began ended won lost went made took he she they him his her their who whose
    say tell urge urges warn claim claims insist insists argue hopes fears joke jokes quipped advised advises
    recommended recommends recalled recalls begged ran stood sold paid gave
    """,
    fr="""
    dit disent déclaré affirmé annoncé ajouté expliqué estimé indiqué précisé écrit raconté selon était
    étaient avait avaient fut furent été elle ils elles leur leurs ont jugé condamné demandé rappelle précise
    affirme affirment explique expliquent estime estiment déclare annonce raconte lançait disait disaient
    """,
    es="""
    dijo dicen dice declaró afirmó anunció añadió agregó explicó señaló escribió contó pidió según era eran
    fue fueron había habían ha han él ella ellos ellas criticó multó aseguró denunció
    afirma afirman asegura explica señala decía decían pide piden advierte advierten repetía sostiene
    """,
    de="""
    sagte sagten erklärte erklärten teilte mitteilte schrieb schrieben hieß laut zufolge berichtete kündigte
    fügte betonte warnte meinte fragte lachte war waren hatte hatten wurde wurden worden er ihm ihnen wollte
    sagt sagen erklärt erklären warnt warnen meint fordert fordern rät raten riefen rief
    """,
    pt="""
    disse dizem afirmou afirma anunciou acrescentou explicou declarou escreveu contou pediu segundo foi foram
    eram tinha havia ele ela eles elas criticou multou diz dizia dizem pede explica alerta alertam
    """,
    it="""
    detto dichiarato affermato annunciato aggiunto spiegato scritto secondo stato stata erano aveva lui lei
    loro hanno dice dicono diceva spiega avverte chiede chiedono
    """,
    ar="""
    قال قالت قالوا أعلن أعلنت أكد أكدت أضاف أضافت وأضاف وأضافت وقال وقالت ذكر ذكرت أفاد أفادت صرح صرحت
    كان كانت كانوا هو هي هم بحسب وفقا وفقًا كتب كتبت انتقد انتقدت قررت قرر
    """,
    ru="""
    сказал сказала сказали заявил заявила заявили сообщил сообщила сообщили сообщает добавил добавила был была
    было были он она они говорит говорят пишет пишут считает считают предупредил отметил отметила рассказал
    рассказала объяснил объяснила предупреждают
    """,
    nl="zei zeiden zegt zeggen verklaarde meldde volgens werd werden hij zij waarschuwt waarschuwde stelde",
    pl="powiedział powiedziała mówi mówią poinformował poinformowała według był była było były oni twierdzi",
    tr="dedi diyor söyledi söylüyor açıkladı belirtti göre ifade uyardı anlattı",
)

# Words a sentence often begins with.
STARTERS = _words(
    en="""
    the a an he she it they we you i this that these those his her its their our my in on at for from by with
    as of to but and or if when while since after before although though however meanwhile there here what
    who why how some many most more no not last both each all another during despite under earlier later also
    according until so such one two three several authorities officials
    """,
    fr="""
    le la les il elle ils elles un une des en au aux ce cette ces mais et or si quand lors selon dans pour
    par sur depuis après avant alors nous vous je on pourtant cependant ainsi son sa ses leur leurs
    """,
    es="""
    el los las él ella ellos una unos en este esta estos pero y si cuando según desde después antes para por
    con su sus al del aunque sin no también
    """,
    de="""
    der die das den dem ein eine einer er sie es wir ihr ich im am auf aus bei mit nach seit von vor zu für
    und aber oder wenn als doch dieser diese dieses auch so zudem laut nur
    """,
    pt="""
    o os as ele ela eles elas um uma no na nos nas em este esta mas e se quando segundo desde depois antes
    para por com seu sua ao do da não também
    """,
    it="il lo gli un uno nel nella questo questa ma se quando secondo dopo prima per con da di",
    ru="он она они это в на но и по при как что если",
)

# Words that go on after a quotation. Turkish glues case endings to the closing mark ("in", "de", "la", "un",
# ...), so no word that is also such an ending may stand here.
AFTER_QUOTES = _words(
    en="""
    and or but he she they we it the his her their its that this which who with for from to by at on of as is
    was were are has had have will would said says told added wrote when while after before during
    """,
    fr="""
    et il elle ils elles mais qui que dans avec pour par selon sur est sont était ont du des au aux dit
    """,
    es="y el los las pero que con para por según dijo su sus es fue",
    pt="mas com para segundo disse os é foi",
    it="che ma con per secondo ha",
)
