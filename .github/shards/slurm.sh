#!/bin/sh
# Shares a scan out among the machines of a Slurm cluster: an array of eight jobs reads,
# and one more judges what they left as one run would.
#
#   sh slurm.sh CLIENTS OUT
#
# Both folders lie on storage that all machines see, and aecheck is in the PATH. OUT gets
# the reports, what each job said (read-3.log, merge.log), and a cache: the next scan
# reads what changed alone.
#
# When a job was killed, merge.log says which parts are missing. They are redone alone,
# and the merge after them:
#
#   sh slurm.sh CLIENTS OUT 3,5
#
# The part is named by its number, for of a task that is redone Slurm's variables do not
# tell how many there were; of a whole array --shard auto tells the same.
set -eu
parts=8
case ${1:?the folder to check} in
--read)
	exec aecheck scan "$2" --shard "$SLURM_ARRAY_TASK_ID/$parts" --report "shard=$3/$SLURM_ARRAY_TASK_ID.shard" \
		--cache-dir "$3/.cache" --jobs "$SLURM_CPUS_PER_TASK" --no-progress
	;;
--merge)
	exec aecheck merge "$3"/*.shard --report "html=$3/report.html" --report "json=$3/report.json"
	;;
esac
out=${2:?the folder for what is found}
mkdir -p "$out"
array=$(sbatch --parsable --job-name aecheck-read --array="${3:-1-$parts}" --cpus-per-task=2 --mem=640M --output="$out/read-%a.log" "$0" --read "$1" "$out")
# Slurm may have written ;CLUSTER behind the number.
sbatch --job-name aecheck-merge --dependency="afterany:${array%%;*}" --mem=2G --output="$out/merge.log" "$0" --merge "$1" "$out"
