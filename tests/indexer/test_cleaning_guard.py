"""Articles about paywalls, cookies and newsletters keep every sentence, wherever it stands."""

from __future__ import annotations

import pytest

from indexer.cleaning import furniture, load_packs
from indexer.cleaning.guard import reads_as_prose
from indexer.documents import Declared, Draft, Page

PACKS = load_packs()

ADVERSARIAL = [
    # English
    "Subscribe to our newsletter, the harbour master joked, and the whole room laughed.",
    "Visitors were greeted by a banner: you have 55% of this article left to read.",
    "“You have 12% of this article left to read” is the sentence that most readers remember.",
    "The rest is reserved for subscribers of the Amari season ticket, who may enter at eight.",
    "This website uses cookies without asking, the regulator found, and fined it two million crowns.",
    "We use cookies to feed the volunteers, the baker on Mill Street told this reporter.",
    "By continuing to dredge, you agree to drown the delta, she wrote to the ministry.",
    "All rights reserved seats on the ferry were gone within the hour.",
    "© 2019 was printed on the forged stamp, which the museum said it bought in good faith.",
    "Copyright 2024 reform was voted down in the upper house.",
    "Follow us on the river, the guides told the tourists, and keep your hands in the boat.",
    "Read more: that was the only advice the old teacher had for them.",
    "Related: he was also charged with fraud, prosecutors said in a filing on Friday.",
    "Share this story with nobody, the widow begged, but the village had already heard it.",
    "Sign up for our militia and we will feed your children, the posters promised.",
    "Get the medicine to your mailbox, the company said; in Amari it never arrived.",
    "Leave a comment, she wrote under the picture, and hundreds did.",
    "Advertisement revenue at the Amari Post fell by a third last year.",
    "Photo: a word that meant nothing to him until he was handed a camera.",
    "Back to top form, the keeper stopped two penalties and was carried off the field.",
    "The post he wrote on Monday first appeared on a wall near the market.",
    "6 minutes of reading a day made the difference, the study suggested.",
    # French
    "Abonnez-vous à la lettre du maire, a lancé un opposant devant une salle hilare.",
    "Il vous reste 40 % de cet article à lire, annonçait le bandeau que plus personne ne voyait.",
    "La suite est réservée aux abonnés du théâtre municipal.",
    "Ce site utilise des cookies sans consentement, a constaté le régulateur.",
    "Lire aussi : voilà ce que demandait le maître à ses élèves, selon leurs parents.",
    "Suivez-nous sur la digue, ont crié les pompiers aux habitants.",
    "Tous droits réservés aux pêcheurs d’Amari, le port reste fermé aux plaisanciers.",
    # Spanish
    "Suscríbete al boletín, pidió el alcalde entre risas.",
    "Este sitio utiliza cookies sin permiso, según la agencia de datos.",
    "Contenido exclusivo para suscriptores era lo único que se leía en la pantalla.",
    "Lee también: así resumía el maestro su consejo, según recuerdan los alumnos.",
    "Todos los derechos reservados a los pescadores quedaron anulados por decreto.",
    # German
    "Wir verwenden Cookies, sagte der Bäcker und lachte.",
    "Die Anzeige wegen Betrugs wurde am Dienstag in Amari erstattet.",
    "Lesen Sie auch: so hieß die Sendung, die nach zwölf Jahren eingestellt wurde.",
    "Nur für Abonnenten des Stadttheaters wurde die Probe geöffnet.",
    "Newsletter abonnieren immer mehr Vereine, erklärte der Verband.",
    "Teilen will gelernt sein, schrieb die Lehrerin an die Tafel.",
    # Portuguese
    "Assine o boletim, pediu o deputado aos pescadores reunidos no porto.",
    "Este site usa cookies sem aviso, afirmou o regulador.",
    "Leia também: era o que a professora dizia no fim de cada aula.",
    "Exclusivo para assinantes do clube, o jantar terminou em briga.",
    "Compartilhe o pão, dizia o cartaz na entrada da vila.",
    # Italian
    "Iscriviti alla newsletter, ha detto il sindaco ai giornalisti, e nessuno ha riso.",
    "Questo sito utilizza cookie senza consenso, ha dichiarato il garante.",
    # Arabic
    "اشترك في النشرة آلاف القراء، كما قالت الصحيفة في بيان.",
    "يستخدم هذا الموقع ملفات تعريف الارتباط من دون إذن، بحسب الهيئة.",
    "هذا المحتوى للمشتركين فقط في المسرح البلدي مساء الخميس.",
    "اقرأ أيضاً: هكذا كان يقول المعلم لتلاميذه في نهاية كل درس.",
    "تابعونا على الطريق الساحلي حيث قال السكان إن الجسر انهار.",
    "أضف تعليقك على الجدار فغضب الجيران وأعلنت البلدية إزالته.",
]

OPENING = "The harbour of Amari opened again on Monday after eleven days of storm, and the boats left."
CLOSING = (
    "The council will meet on Thursday to speak about the breakwater and about the money it does not have."
)


@pytest.mark.parametrize("sentence", ADVERSARIAL)
@pytest.mark.parametrize("place", ["head", "middle", "tail"])
def test_a_written_sentence_survives(sentence: str, place: str) -> None:
    lines = {
        "head": ["Storm over Amari", sentence, *[OPENING] * 9, CLOSING],
        "middle": ["Storm over Amari", *[OPENING] * 6, sentence, *[CLOSING] * 6],
        "tail": ["Storm over Amari", *[OPENING] * 9, CLOSING, sentence],
    }[place]
    draft = furniture(Draft(Page("a.txt", "\n\n".join(lines), Declared(), "")), PACKS)
    assert [edit.rule for edit in draft.edits] == []
    assert draft.flags == ()


def test_there_are_enough_of_them() -> None:
    assert len(ADVERSARIAL) == len(set(ADVERSARIAL)) >= 50


@pytest.mark.parametrize(
    "notice",
    [
        "Subscribe to our newsletter",
        "Read more: Ferry back in port",
        "Suivez-nous sur WhatsApp",
        "© 2024 Amari Post",
        "By signing up, you agree to our Terms of Use.",
        "تابعونا على واتساب",
        "",
    ],
)
def test_a_notice_is_not_prose(notice: str) -> None:
    assert not reads_as_prose(notice)


@pytest.mark.parametrize(
    "sentence",
    [
        "Follow us on X, the rebels told reporters",
        "Subscribe to our newsletter “or else”",
        "Tags: a history of graffiti opens in Berlin next week.",
        "اقرأ المزيد: قالت الوزيرة إن الجسر سيفتح",
    ],
)
def test_a_sentence_is(sentence: str) -> None:
    assert reads_as_prose(sentence)
