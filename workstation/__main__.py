"""The `amaan` command. Logs go to stderr, answers to stdout; exit code 2 means that the input was refused."""

import click
import platformdirs

from workstation.commands.audits import audit_group
from workstation.commands.budgets import budgets_group
from workstation.commands.chips import chip_command
from workstation.commands.documents import mrz_command
from workstation.commands.measures import calibrate, evaluate
from workstation.commands.people import people_group
from workstation.commands.posts import post_group, run, training
from workstation.commands.record_imports import export, import_records
from workstation.commands.record_reviews import amend, due, duplicates, show
from workstation.commands.records import records
from workstation.commands.screens import faces, investigate, screen
from workstation.post.leftovers import remove_leftovers


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="amaan", message="%(package)s %(version)s")
def main() -> None:
    """Amaan, a screening workstation for border posts: it suggests, a person decides."""
    remove_leftovers(platformdirs.user_cache_path())


for command in (
    run,
    training,
    post_group,
    screen,
    investigate,
    faces,
    records,
    people_group,
    audit_group,
    budgets_group,
    mrz_command,
    chip_command,
    calibrate,
    evaluate,
):
    main.add_command(command)

for command in (import_records, export, amend, show, due, duplicates):
    records.add_command(command)

if __name__ == "__main__":
    main()
