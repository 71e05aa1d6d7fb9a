"""What the stage shows of a prediction: the switch, the rows that chips lie on, the questions, and how it did."""

from html import escape

from engine.figures.labels import in_quotes, paragraph
from engine.figures.prediction import predict_questions, predict_rows, tally_line
from engine.figures.records import Choice, Predict
from engine.figures.translator import Translator
from engine.phases import is_out
from engine.prediction import AHEAD, CHIPS, COOLER, Answer, Score, tally, truth_of
from engine.run import Run
from engine.ui import session
from engine.ui.parts import PredictPart
from engine.ui.stage.predict import Predicting, bars_before, draft_of, questions, waits


def beside_the_draw(run: Run, tr: Translator) -> Predict:
    """The switch, and while a prediction is awaited its questions."""
    on, choices = session.record(Predicting).on, list[Choice]()
    if on and waits(run):
        choices = [_open_or_hidden(run.moment.t, tr), *predict_questions(questions(run), draft_of(run).answers, tr)]
    return {
        "label": tr("predict.switch"),
        "help": tr("predict.help"),
        "on": on,
        "choices": choices,
    }


def part(run: Run, tr: Translator) -> PredictPart:
    """In place of the bars of a step that is awaited: rows to lay chips on."""
    asked, chips, t = session.record(Predicting), draft_of(run).chips, run.moment.t
    return {
        "label": tr("predict.label", t=t),
        "rows": predict_rows(bars_before(run, tr), chips, asked.hidden, tr),
        "placed": tr("predict.placed", t=t, count=sum(chips.values()), most=CHIPS),
        "how": tr("predict.how"),
    }


def result(run: Run, tr: Translator) -> str:
    """How the prediction of the step on show did, and all of them so far, as HTML; "" where there are none."""
    if not run.predictions or run.shown is None:
        return ""
    said, answers = list[str](), list[str]()
    here, ended, unk_id = run.predicted, run.finish_reason is not None, run.model.vocabulary.unk_id
    if here is not None and is_out(run.shown, run.moment):
        if here.score is not None:
            said += _scored(run, here.score, sum(count for _, count in here.chips), tr)
        answers = [_answered(one, truth_of(one, here.t, run.out, ended, unk_id), tr) for one in here.answers]
    total = tally(run.predictions, run.out, ended, unk_id)
    lines = [paragraph(said, tr), " · ".join(answers), "" if total is None else tally_line(total, tr)]
    inside = "".join(f"<div>{escape(line)}</div>" for line in lines if line)
    return f'<div class="predicted">{inside}</div>' if inside else ""


def _open_or_hidden(t: int, tr: Translator) -> Choice:
    hidden = session.record(Predicting).hidden
    options = [(tr("predict.open"), 0, not hidden), (tr("predict.hidden"), 1, hidden)]
    return {"press": "hide", "text": tr("predict.bars", t=t), "options": options}


def _scored(run: Run, score: Score, placed: int, tr: Translator) -> list[str]:
    token = tr("predict.others") if score.came is None else in_quotes(run.model.vocabulary, score.came)
    if score.chips:
        own = tr("predict.score", token=token, here=score.chips, placed=placed, bits=score.bits)
    else:
        own = tr("predict.missed", token=token, bits=score.bits)
    return [own, tr("predict.best", t=run.moment.t, prob=score.prob, best=score.best, expected=score.expected)]


def _answered(one: Answer, truth: bool | None, tr: Translator) -> str:
    what = tr(f"predict.short.{one.question}", steps=AHEAD, temperature=COOLER)
    if truth is None:
        return tr("predict.undecided", what=what)
    verdict = "predict.right" if one.said == truth else "predict.wrong"
    return tr(verdict, what=what, truth=tr("predict.yes" if truth else "predict.no"))
