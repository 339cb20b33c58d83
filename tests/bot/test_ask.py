from tests.bot.conftest import world_of

RISKS = "What are the security risks of widely available model weights?"


async def test_ask_defers_and_answers_with_a_quote_its_source_and_a_button(make_bot) -> None:
  async with world_of(make_bot()) as world:
    result = await world.person.slash(world.channel, "ask", question=RISKS)
    assert result.response is not None
    answer, sources = result.response.embeds
    print([r for r in world.env.http_requests if 'interac' in r.path])
    print(answer.description, "\n\n", sources.description, sources.footer.text, result.response.components)
    assert 0
