"""The menus and buttons of the settings panel, as Discord draws them; pressed ones act elsewhere.

Their custom ids name the setting and the value: `settings:in:<topic>` are menus,
`settings:set:<topic>:<value>` buttons.
"""

from typing import Any

import discord
from discord import ui

from bot.managing.settings_panel import Panel, language_name, living_channels, living_roles
from bot.words import LANGUAGES, Words

MOST_CHOSEN = 25  # Discord's limit for a menu
AS_SERVER = "server"
# what a button sets, by the setting and the last part of the button's custom id
VALUES: dict[str, dict[str, Any]] = {
    "answer_channels": {"none": frozenset()},
    "forums": {"none": frozenset()},
    "exempt_roles": {"none": frozenset()},
    "threads": {"never": "never", "always": "always"},
    "direct_messages": {"yes": True, "no": False},
    "private_answers": {"yes": True, "no": False},
}
FORUMS = [discord.ChannelType.forum, discord.ChannelType.media]
PLACES = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    *FORUMS,
]

Menu = (
    ui.Select[ui.View] | ui.ChannelSelect[ui.View] | ui.RoleSelect[ui.View] | ui.UserSelect[ui.View]
)
Item = Menu | ui.Button[ui.View]


def items_of(panel: Panel) -> list[Item]:
    """The menu of settings, and what changes the chosen one."""
    topic, settings, words = panel.topic, panel.settings, panel.words
    items: list[Item] = [_topic_menu(panel)]
    if topic is None:
        return items
    if topic in {"answer_channels", "forums"}:
        items.append(_channel_menu(topic, panel))
    elif topic == "exempt_roles":
        items.append(_role_menu(panel))
    elif topic == "blocked":
        items += _block_items(words)
    elif topic == "language":
        items.append(_language_menu(words, settings.language))
    elif topic in {"limits", "budget"}:
        items.append(_button(words(f"settings.button.{topic}"), topic))
    elif topic == "reset":
        danger = discord.ButtonStyle.danger
        items.append(_button(words("settings.button.reset"), topic, danger))
    for value, meant in VALUES.get(topic, {}).items():
        current = getattr(settings, topic) == meant
        style = discord.ButtonStyle.success if current else discord.ButtonStyle.secondary
        label = words(f"settings.button.{topic}-{value}")
        items.append(_button(label, f"{topic}:{value}", style))
    return items


def _topic_menu(panel: Panel) -> Menu:
    words = panel.words
    return ui.Select(
        custom_id="settings:in:topic",
        placeholder=words("settings.choose"),
        options=[
            discord.SelectOption(
                label=words(f"settings.name.{topic}"), value=topic, default=topic == panel.topic
            )
            for topic in panel.topics
        ],
    )


def _channel_menu(topic: str, panel: Panel) -> Menu:
    chosen = living_channels(panel.guild, getattr(panel.settings, topic))[:MOST_CHOSEN]
    return ui.ChannelSelect(
        custom_id=f"settings:in:{topic}",
        channel_types=FORUMS if topic == "forums" else PLACES,
        placeholder=panel.words(f"settings.place.{topic}"),
        min_values=0,
        max_values=MOST_CHOSEN,
        default_values=[discord.Object(each.id, type=type(each)) for each in chosen],
    )


def _role_menu(panel: Panel) -> Menu:
    chosen = living_roles(panel.guild, panel.settings.exempt_roles)[:MOST_CHOSEN]
    return ui.RoleSelect(
        custom_id="settings:in:exempt_roles",
        placeholder=panel.words("settings.place.exempt_roles"),
        min_values=0,
        max_values=MOST_CHOSEN,
        default_values=[discord.Object(each.id, type=discord.Role) for each in chosen],
    )


def _block_items(words: Words) -> list[Item]:
    menus: list[Item] = [
        ui.UserSelect(
            custom_id=f"settings:in:{what}",
            placeholder=words(f"settings.place.{what}"),
            max_values=MOST_CHOSEN,
        )
        for what in ("block", "unblock")
    ]
    return [*menus, _button(words("settings.button.unblock-all"), "unblock:all")]


def _language_menu(words: Words, chosen: str | None) -> Menu:
    names = {AS_SERVER: words("settings.value.as-server")}
    names |= {language: language_name(language) for language in LANGUAGES}
    return ui.Select(
        custom_id="settings:in:language",
        placeholder=words("settings.place.language"),
        options=[
            discord.SelectOption(label=name, value=value, default=value == (chosen or AS_SERVER))
            for value, name in names.items()
        ],
    )


def _button(
    label: str, what: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> ui.Button[ui.View]:
    return ui.Button(label=label, style=style, custom_id=f"settings:set:{what}")
