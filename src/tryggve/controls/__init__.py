"""What protects the firm, how well each of it is known, and how it is measured. Knows no domain.

For most cases use these two: :func:`tryggve.controls.registry.measure` over a function in a domain's
``controls.py``, and :func:`tryggve.controls.selectors.standings` for how everything stands::

    @measure("AUT-04", every=timedelta(hours=24), valid=timedelta(hours=30),
             facts={"without": facts.count(_("People without a second factor"))})
    def second_factor_on_every_login(at: datetime) -> Measured:
        without = people_without_a_second_factor()
        return Measured(Verdict.FAILING if without else Verdict.OBSERVED, {"without": without})

A measuring runs in a process of its own, with a deadline, a limit on memory and its own way to the database. What
it says is checked and written by the process that started it, once, and never changed (:class:`models.Evidence`).
Where it raises, hangs, eats memory or dies, the control is *unknown* with that cause, and no other waits for it.
"""
