"""Every word the audience reads, in both languages: tables, key -> (English, 中文), that engine.ui.i18n joins.

A text is a `str.format` string with the same placeholders in both languages; beside Python's own format specs it may use
those that i18n names. Field terms keep their English in brackets at their first use in Chinese.

common      the app, lists, controls, settings, the models; what pictures of several pages say
stage       the stage: bars, strips, network, keys; narration: sentences about a step and a run; panels; find; predict; pictures
score, compare, many_draws   the other pages
"""
