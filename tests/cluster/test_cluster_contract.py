"""The whole contract suite, on the cluster: the same tests with the fixtures of this folder."""

from contract.test_agreement import *  # noqa: F403
from contract.test_scenarios import *  # noqa: F403
from contract.test_searching import *  # noqa: F403
from contract.test_writing import *  # noqa: F403
