from tryggve.supervisor import environment

SHELL = {
    "PATH": "/usr/bin",
    "HOME": "/home/anna",
    "LANG": "sv_SE.UTF-8",
    "LC_ALL": "da_DK.UTF-8",
    "TZ": "Europe/Stockholm",
    "PYTHONPATH": "/opt/src",
    "TRYGGVE_DATA": "/srv/data",
    "TRYGGVE_RUN": "an older start",
}
UNWANTED = {
    "AWS_SECRET_ACCESS_KEY": "x",
    "LD_PRELOAD": "/x.so",
    "PYTHONSTARTUP": "/x.py",
    "PYTHONINSPECT": "1",
    "DJANGO_SETTINGS_MODULE": "x",
    "SSH_AUTH_SOCK": "/x",
}


def test_child_gets_the_few_variables_it_needs() -> None:
    assert environment.for_child(token="t", pipe=7, source=SHELL | UNWANTED) == SHELL | {
        "PYTHONSAFEPATH": "1",
        "TRYGGVE_RUN": "t",
        "TRYGGVE_PARENT_FD": "7",
    }
